"""The terminal interface: presentation only; decisions are made in `l10n.review`."""
