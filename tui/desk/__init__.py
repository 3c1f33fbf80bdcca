"""The Desk: play TikTok's side and move the clock."""
