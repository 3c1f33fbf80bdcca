"""What people see and use: the command line and the screens."""
