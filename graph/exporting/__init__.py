"""Export: what a viewer may read, written for other programs."""

from graph.exporting.export import EXPORT_FORMATS, ExportFormat, export

__all__ = ["EXPORT_FORMATS", "ExportFormat", "export"]
