"""The app's screens, in files named after their breadcrumbs."""
