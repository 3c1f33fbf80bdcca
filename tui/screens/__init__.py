"""The places of the program, one file each, named as the breadcrumb names them."""
