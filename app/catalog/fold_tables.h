// Folding of accented letters by range, made from the Unicode Character Database 14.0 (NFKD, marks removed,
// lower case), with the letters that Unicode does not decompose (ł ø đ ß æ …) added. One word a code point;
// "." parts words.
#pragma once

#include <string_view>

namespace silta {

/// U+00C0 to U+024F: Latin-1 letters, Latin Extended-A and -B.
inline constexpr std::string_view kFoldLatin =
    "a a a a a a ae c e e e e i i i i d n o o o o o x o u u u u y th ss a a a a a a ae c e e e e i i i i "
    "d n o o o o o . o u u u u y th y a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g "
    "g g g h h h h i i i i i i i i i i ij ij j j k k k l l l l l l l l l l n n n n n n n n n o o o o o o "
    "oe oe r r r r r r s s s s s s s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s b b b "
    "b ƅ ƅ o c c d d d d d e e ɛ f f g ɣ hv ɩ i k k l l ɯ n n o o o ƣ ƣ p p ʀ s s ʃ ƪ t t t t u u ʊ v y "
    "y z z ʒ ƹ ƹ ƺ ƻ ƽ ƽ ƾ ƿ ǀ ǁ ǂ ǃ dz dz dz lj lj lj nj nj nj a a i i o o u u u u u u u u u u e a a a "
    "a ae ae g g g g k k o o o o ʒ ʒ j dz dz dz g g hv ƿ n n a a ae ae o o a a a a e e e e i i i i o o o "
    "o r r r r u u u u s s t t ȝ ȝ h h n d ou ou z z a a e e o o o o o o o o y y l n t j ȸ ȹ a c c l ⱦ s "
    "z ɂ ɂ b u ʌ e e j j q q r r y y";

/// U+0370 to U+03FF: Greek and Coptic.
inline constexpr std::string_view kFoldGreek =
    "ͱ ͱ ͳ ͳ ʹ . ͷ ͷ . . . ͻ ͼ ͽ . ϳ . . . . . . α . ε η ι . ο . υ ω ι α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ "
    ". σ τ υ φ χ ψ ω ι υ α ε η ι υ α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ σ τ υ φ χ ψ ω ι υ ο υ ω ϗ β θ υ υ "
    "υ φ π ϗ ϙ ϙ ϛ ϛ ϝ ϝ ϟ ϟ ϡ ϡ ϣ ϣ ϥ ϥ ϧ ϧ ϩ ϩ ϫ ϫ ϭ ϭ ϯ ϯ κ ρ σ ϳ θ ε . ϸ ϸ σ ϻ ϻ ϼ ͻ ͼ ͽ";

/// U+1E00 to U+1FFF: Latin Extended Additional and Greek Extended.
inline constexpr std::string_view kFoldAdditional =
    "a a b b b b b b c c d d d d d d d d d d e e e e e e e e e e f f g g h h h h h h h h h h i i i i k k "
    "k k k k l l l l l l l l m m m m m m n n n n n n n n o o o o o o o o p p p p r r r r r r r r s s s s "
    "s s s s s s t t t t t t t t u u u u u u u u u u v v v v w w w w w w w w w w x x x x y y z z z z z z "
    "h t w y a s s s ss d a a a a a a a a a a a a a a a a a a a a a a a a e e e e e e e e e e e e e e e "
    "e i i i i o o o o o o o o o o o o o o o o o o o o o o o o u u u u u u u u u u u u u u y y y y y y y "
    "y ll ll v v y y α α α α α α α α α α α α α α α α ε ε ε ε ε ε . . ε ε ε ε ε ε . . η η η η η η η η η η "
    "η η η η η η ι ι ι ι ι ι ι ι ι ι ι ι ι ι ι ι ο ο ο ο ο ο . . ο ο ο ο ο ο . . υ υ υ υ υ υ υ υ . υ . υ "
    ". υ . υ ω ω ω ω ω ω ω ω ω ω ω ω ω ω ω ω α α ε ε η η ι ι ο ο υ υ ω ω . . α α α α α α α α α α α α α α "
    "α α η η η η η η η η η η η η η η η η ω ω ω ω ω ω ω ω ω ω ω ω ω ω ω ω α α α α α . α α α α α α α . ι . "
    ". . η η η . η η ε ε η η η . . . ι ι ι ι . . ι ι ι ι ι ι . . . . υ υ υ υ ρ ρ υ υ υ υ υ υ ρ . . . . . "
    "ω ω ω . ω ω ο ο ω ω ω . . .";

} // namespace silta
