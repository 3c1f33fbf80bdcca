"""Output formats: JSON, CSV, iCalendar, plain text. Imports core only."""
