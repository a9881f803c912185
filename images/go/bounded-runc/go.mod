module seaworthy.dev/images/bounded-runc

go 1.26.0
