module github.com/loonglint/loonglint

go 1.26
