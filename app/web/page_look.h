// How Silta's pages look, whichever program makes them: the style that they share, pictograms, the mark.
#pragma once

#include <string>
#include <string_view>

namespace silta {

/// Colours, type and the top of a page; before everything of a sheet of its own.
std::string_view baseStyle();
/// Consents and buttons.
std::string_view controlStyle();
/// Fields and choices, and what is wrong with a form; after controlStyle().
std::string_view fieldStyle();
/// What a content security policy names a <style> or <script> of exactly these bytes by: "sha256-…".
std::string policyHashOf(std::string_view bytes);
/// The sign before a chain's name, as SVG.
std::string_view markOf();

/// Pictograms, drawn once for each use; decoration only.
enum class Icon {
    Mail,
    Phone,
    Card,
    Ticket,
    Check,
    Box,
    Search,
    Star,
    Arrow,
    Clock,
    Lock,
    Cloud,
    Devices,
    Alert
};
std::string_view iconOf(Icon icon);

} // namespace silta
