// LanguageSwitch: puts the texts of one language in place of another's while the program runs.
#pragma once

#include <QString>
#include <QTranslator>

namespace silta::kiosk {

/// Thread: GUI. Needs a QCoreApplication; the caller retranslates the QML engine.
class LanguageSwitch {
public:
    LanguageSwitch() = default;
    LanguageSwitch(const LanguageSwitch&) = delete;
    LanguageSwitch& operator=(const LanguageSwitch&) = delete;
    ~LanguageSwitch();
    /// English is in the sources; its file holds plural forms only.
    void use(const QString& language);

private:
    QTranslator translator_;
};

} // namespace silta::kiosk
