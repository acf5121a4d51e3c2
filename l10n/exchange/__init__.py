"""Catalogs as other people's tools exchange them: XLIFF and tables out, and their answers in again."""
