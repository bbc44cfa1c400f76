// Every page of the portal in every state, with the demo chain's goods: for tests, and for people who look at
// them.
#pragma once

#include "portal/pages.h"

#include <string>
#include <vector>

namespace silta::test {

struct SamplePage {
    std::string name; ///< "login-error"
    std::string html;
    bool hasForm = false;
};
std::vector<SamplePage> samplePages(Lang lang);

/// The same with the most that each page may hold and every text as long as, and longer than, it may be.
std::vector<SamplePage> fullestPages(Lang lang);

portal::Visit sampleVisit(Lang lang);
portal::Login sampleLogin(Lang lang);
portal::Landing sampleLanding(Lang lang);

/// Every page with `text` wherever text from outside can stand.
std::vector<SamplePage> pagesThatSay(const std::string& text);

} // namespace silta::test
