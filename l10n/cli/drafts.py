"""The commands about drafts: prefill, engines, tm, glossary."""
