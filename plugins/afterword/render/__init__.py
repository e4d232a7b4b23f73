"""Knowledge to HTML, DOT and SVG."""
