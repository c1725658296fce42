module example.org/colour

go 1.21
