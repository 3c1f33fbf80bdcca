"""Documents that leave the program: JSON, CSV, iCalendar, plain text.

They stand on core only.
"""
