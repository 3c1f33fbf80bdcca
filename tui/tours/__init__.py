"""Tours: a flow of the program told once, played live, exported as a storyboard, and run as a test."""
