"""A report as CSV, JSON, XLSX, GeoJSON and GeoPackage; the PDF is drawn by the screen."""
