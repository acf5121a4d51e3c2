"""Workers of other machines: a Dask cluster that somebody has started, asked first whether it is like this machine."""
