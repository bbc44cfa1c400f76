// Whether pages can be used by everybody: WCAG 2.2 AA by axe-core in Chromium, and what it does not look at.
#pragma once

#include "e2e/browser.h"

#include <string>

namespace silta::test {

/// What to look at.
struct Looks {
    bool inLight = true; ///< with the keyboard, too
    bool inDark = true;
    bool atSizes = true; ///< at 320 pixels, and with text at 200 %
};

/// Thread: the test's.
class Accessibility {
public:
    /// Fetches the pinned axe-core by npm into `folder`, once; later ones find it there.
    explicit Accessibility(const std::string& folder);
    /// Empty, or why nothing can be looked at here: the words of a QSKIP.
    [[nodiscard]] const std::string& missing() const { return missing_; }

    /// What is wrong with the page that `browser` shows, a line each.
    [[nodiscard]] std::string faultsOf(Browser& browser, const Looks& looks = {}) const;

private:
    std::string script_, missing_;
};

} // namespace silta::test
