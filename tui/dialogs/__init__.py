"""Modal dialogs; the screen below awaits their results."""
