// The byte forms inside the replica's BLOB columns and the stock log: numbers of varying length and strings.
//
// number  7 bits a byte, least significant first, high bit = more follow; at most 10 bytes
// text    number of bytes, then the bytes
// real    8 bytes, IEEE 754 binary64, least significant first
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace silta {

class PackWriter {
public:
    void number(std::uint64_t value);
    void text(std::string_view value);
    void real(double value);
    void byte(char value) { bytes_.push_back(value); }
    void raw(std::string_view bytes) { bytes_.append(bytes); }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

/// Reads what PackWriter wrote. After bytes that do not fit, every read gives zero or empty and ok() is
/// false.
class PackReader {
public:
    explicit PackReader(std::string_view bytes) : rest_(bytes) {}
    std::uint64_t number();
    std::string_view text();
    double real();
    char byte();
    /// All that has not been read.
    [[nodiscard]] std::string_view rest() const { return rest_; }
    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] bool atEnd() const { return rest_.empty(); }

private:
    std::string_view rest_;
    bool ok_ = true;
};

} // namespace silta
