silta_add_test(tst_ctl_commands SOURCES unit/tst_ctl_commands.cpp LIBS silta::ctl)
