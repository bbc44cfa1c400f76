# qmllint must have nothing to say: cmake -DBUILD=… -P tests/qml/lint.cmake
execute_process(COMMAND ${CMAKE_COMMAND} --build ${BUILD} --target all_qmllint
  OUTPUT_VARIABLE words ERROR_VARIABLE words RESULT_VARIABLE status)
string(REGEX MATCHALL "(Warning|Info|Error): [^\n]*" findings "${words}")
if(NOT status EQUAL 0 OR findings)
  message("${words}")
  message(FATAL_ERROR "qmllint has findings")
endif()
message("qmllint: nothing found")
