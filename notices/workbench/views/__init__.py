"""The pages, one module each; every module names its pages in ``PAGES``."""
