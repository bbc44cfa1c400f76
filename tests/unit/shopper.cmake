silta_add_test(tst_wishlist_repository SOURCES unit/tst_wishlist_repository.cpp LIBS silta::sync silta::shopper)
silta_add_test(tst_sign_up SOURCES unit/tst_sign_up.cpp LIBS silta::shopper)
silta_add_test(tst_welcome_coupon SOURCES unit/tst_welcome_coupon.cpp LIBS silta::shopper)
silta_add_test(tst_token SOURCES unit/tst_token.cpp LIBS silta::shopper silta::portal)
