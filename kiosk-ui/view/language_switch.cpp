#include "view/language_switch.h"

#include <QCoreApplication>

namespace silta::kiosk {

LanguageSwitch::~LanguageSwitch() {
    QCoreApplication::removeTranslator(&translator_);
}

void LanguageSwitch::use(const QString& language) {
    QCoreApplication::removeTranslator(&translator_);
    if (translator_.load(QStringLiteral(":/i18n/silta_kiosk_%1.qm").arg(language)))
        QCoreApplication::installTranslator(&translator_);
}

} // namespace silta::kiosk
