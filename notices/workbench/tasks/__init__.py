"""What workers do, a module a page: functions of plain values that give plain values, a few calls of the library."""
