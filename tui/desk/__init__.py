"""The Desk: TikTok's side and the clock of a practice workspace, in a person's hands."""
