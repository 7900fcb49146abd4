from renja_xl.cli import utama

utama()
