"""``clusterradar check``: do the data keep the shapes and the ontology's logic?"""
