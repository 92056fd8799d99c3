"""Plans as programs read them: those of the command line and those that ask the API."""

from typing import Any

from graph import Guess, Plan, Problem


def plan_as_json(plan: Plan, lang: str) -> dict[str, Any]:
    """The counts of a plan, its problems, the words that mean nothing yet, and the columns."""
    return {
        **plan.counts,
        "problems": [problem_as_json(p, lang) for p in plan.problems if p.level != "open"],
        "open": [problem_as_json(p, lang) for p in plan.problems if p.level == "open"],
        "columns": [column_as_json(guess, lang) for guess in plan.mapping.guesses],
    }


def column_as_json(guess: Guess, lang: str) -> dict[str, Any]:
    """What one column is taken as."""
    return {
        "header": guess.header,
        "means": guess.means,
        "lang": guess.lang,
        "separator": guess.separator,
        "confidence": guess.confidence,
        "why": guess.why[lang],
        "samples": list(guess.samples),
        "chosen": guess.chosen,
    }


def problem_as_json(problem: Problem, lang: str) -> dict[str, Any]:
    """One problem."""
    return {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "message": problem.message[lang],
        "level": problem.level,
    }
