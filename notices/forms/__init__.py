"""Forms: what a notice is stapled to. Fields, tables and layout are data under ``templates/forms/``."""
