silta_add_test(tst_fold SOURCES unit/tst_fold.cpp LIBS silta::catalog)
silta_add_test(tst_open_state SOURCES unit/tst_open_state.cpp LIBS silta::catalog)
silta_add_test(tst_packing SOURCES unit/tst_packing.cpp LIBS silta::catalog)
silta_add_test(tst_change_line SOURCES unit/tst_change_line.cpp LIBS silta::catalog)
silta_add_test(tst_catalog SOURCES unit/tst_catalog.cpp LIBS silta::catalog silta::store)
silta_add_test(tst_catalog_search SOURCES unit/tst_catalog_search.cpp LIBS silta::catalog)
silta_add_test(tst_index_finder SOURCES unit/tst_index_finder.cpp LIBS silta::catalog)
silta_add_test(tst_index_file SOURCES unit/tst_index_file.cpp LIBS silta::catalog)
silta_add_test(tst_live_index SOURCES unit/tst_live_index.cpp LIBS silta::catalog)
silta_add_test(tst_catalog_damage SOURCES unit/tst_catalog_damage.cpp LIBS silta::catalog)
silta_add_test(tst_catalog_live SOURCES unit/tst_catalog_live.cpp LIBS silta::catalog)

if(TARGET silta_ctl)
  silta_add_test(tst_ctl_catalog SOURCES unit/tst_ctl_catalog.cpp LIBS silta::ctl silta::catalog)
endif()

# Measures, does not test: built and run by hand.
add_executable(bench_catalog_build EXCLUDE_FROM_ALL bench/catalog_build.cpp)
target_link_libraries(bench_catalog_build PRIVATE silta::catalog silta::store silta_warnings)
