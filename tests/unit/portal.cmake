add_library(silta_portal_samples STATIC support/portal_samples.cpp)
target_include_directories(silta_portal_samples PUBLIC ${PROJECT_SOURCE_DIR}/tests)
target_link_libraries(silta_portal_samples PUBLIC silta::portal)
# For people who look at the pages: build/release/bin/portal_pages FOLDER
add_executable(portal_pages support/portal_pages.cpp)
target_link_libraries(portal_pages PRIVATE silta_portal_samples)

silta_add_test(tst_portal_words SOURCES unit/tst_portal_words.cpp LIBS silta::portal)
silta_add_test(tst_portal_pages SOURCES unit/tst_portal_pages.cpp support/html_reader.cpp
  LIBS silta_portal_samples silta::net)
silta_add_test(tst_portal SOURCES unit/tst_portal.cpp LIBS silta::portal silta::net silta::scan)
silta_add_test(tst_portal_sign_ins SOURCES unit/tst_portal_sign_ins.cpp LIBS silta::portal silta::net silta::scan)
silta_add_test(tst_portal_vouchers SOURCES unit/tst_portal_vouchers.cpp LIBS silta::portal silta::net)
silta_add_test(tst_portal_services SOURCES unit/tst_portal_services.cpp LIBS silta::portal silta::net)
silta_add_test(tst_session_keeper SOURCES unit/tst_session_keeper.cpp LIBS silta::portal)
silta_add_test(tst_portal_form SOURCES unit/tst_portal_form.cpp LIBS silta::portal)
silta_add_test(tst_portal_config SOURCES unit/tst_portal_config.cpp LIBS silta::portal silta::network)
target_compile_definitions(tst_portal_config PRIVATE SILTA_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
