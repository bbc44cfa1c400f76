silta_add_test(tst_edge_config SOURCES unit/tst_edge_config.cpp LIBS silta::edge)
silta_add_test(tst_engine SOURCES unit/tst_engine.cpp LIBS silta::edge silta::hub)
silta_add_test(tst_usage SOURCES unit/tst_usage.cpp LIBS silta::edge)
