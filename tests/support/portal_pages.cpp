// Writes every page of the portal in every state and language, for a person to look at, and prints the
// content security policy that they are to be served with: portal_pages FOLDER
#include "support/portal_samples.h"

#include <filesystem>
#include <fstream>
#include <iostream>

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: portal_pages FOLDER\n";
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    for (const auto lang : silta::kLangs)
        for (const auto& page : silta::test::samplePages(lang)) {
            std::ofstream file(folder / (page.name + "." + std::string(codeOf(lang)) + ".html"),
                               std::ios::binary);
            file << page.html;
            if (!file.flush()) {
                std::cerr << "write pages: " << folder << " cannot be written to\n";
                return 1;
            }
        }
    std::cout << silta::portal::contentSecurityPolicy() << '\n';
}
