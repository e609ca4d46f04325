"""Machine translations for reading: asked for by a person, paragraph by paragraph, stored, and never evidence."""

from offing.services.translation.setting_up import translator
from offing.services.translation.translating import TranslationResult, Translator

__all__ = ["TranslationResult", "Translator", "translator"]
