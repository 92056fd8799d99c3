"""``/import``: upload a list, agree to its columns, look at the plan, commit it, take it back."""
