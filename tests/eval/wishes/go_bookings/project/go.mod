module example.org/hotel

go 1.21
