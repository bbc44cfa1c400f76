#include "view/personal.h"

#include "core/json.h"

#include <silta/crypto.h>

#include <QRegularExpression>
#include <cstring>

namespace silta::kiosk {

namespace {

constexpr int kPhoneDigitsMin = 6;  // shortest national numbers in use
constexpr int kPhoneDigitsMax = 15; // E.164

void wipeBytes(std::string& text) {
    explicit_bzero(text.data(), text.size());
    text.clear();
}

} // namespace

void wipe(QString& text) {
    // Through const access on purpose: a copy on write would leave the other holders' characters in memory.
    // A literal has no buffer of its own and cannot be written to; nothing that was typed is one.
    const auto bytes = static_cast<std::size_t>(text.size()) * sizeof(QChar);
    if (bytes > 0 && text.data_ptr().d_ptr() != nullptr)
        explicit_bzero(const_cast<QChar*>(text.constData()), bytes);
    text.clear();
}

bool looksLikeEmail(const QString& text) {
    static const QRegularExpression form(QStringLiteral(R"(^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$)"));
    return text.size() <= kFieldCharsMax && form.match(text).hasMatch();
}

bool looksLikePhone(const QString& text) {
    int digits = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c >= u'0' && c <= u'9')
            ++digits;
        else if (!(c == u'+' && i == 0) && c != u' ' && c != u'-' && c != u'(' && c != u')')
            return false;
    }
    return digits >= kPhoneDigitsMin && digits <= kPhoneDigitsMax;
}

Result<std::string> sealPerson(std::initializer_list<PersonField> fields, const std::string& sealKey) {
    auto person = Json::object();
    for (const PersonField& field : fields) {
        person[field.name] = field.text->toStdString();
        wipe(*field.text);
    }
    std::string plain = dumpJson(person);
    auto sealed = seal(plain, sealKey);
    wipeBytes(plain);
    for (auto& field : person)
        wipeBytes(field.get_ref<std::string&>());
    return sealed;
}

} // namespace silta::kiosk
