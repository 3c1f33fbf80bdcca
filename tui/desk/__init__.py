"""The Desk: TikTok's side and the clock, played by a person."""
