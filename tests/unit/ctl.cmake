silta_add_test(tst_ctl_commands SOURCES unit/tst_ctl_commands.cpp LIBS silta::ctl silta::net)
silta_add_test(tst_doctor SOURCES unit/tst_doctor.cpp LIBS silta::ctl)
silta_add_test(tst_explain_kinds SOURCES unit/tst_explain_kinds.cpp LIBS silta::ctl)
silta_add_test(tst_wipe SOURCES unit/tst_wipe.cpp LIBS silta::ctl)
