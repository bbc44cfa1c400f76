silta_add_test(tst_demo_chain SOURCES unit/tst_demo_chain.cpp LIBS silta::core)
target_compile_definitions(tst_demo_chain PRIVATE SILTA_DEMO_CHAIN="$<TARGET_FILE:silta-demo-chain>")
add_dependencies(tst_demo_chain silta-demo-chain)
