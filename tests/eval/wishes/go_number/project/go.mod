module example.org/find

go 1.21
