"""The handbook for machines: the files below ``/data/`` and the schemas of data."""
