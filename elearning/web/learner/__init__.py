"""For everyone who learns: the task list, the modules, and playing scenarios."""
