import Scenarios
import Testing

@Suite("Days")
struct CalendarDateTests {
  @Test("Days are counted from 1970-01-01, leap years and centuries included")
  func dayNumbers() throws {
    // By the calendar: 10,957 days to 2000, 31 and 29 to its March, 146,097 in 400 years.
    let days = [
      ("1970-01-01", 0), ("1969-12-31", -1), ("2000-01-01", 10_957), ("2000-03-01", 11_017),
      ("1600-03-01", 11_017 - 146_097), ("1900-03-01", -25_508), ("2024-10-08", 20_004),
      ("0001-01-01", -719_162),
    ]
    for (text, number) in days {
      #expect(try #require(CalendarDate(text)).dayNumber == number, "\(text)")
    }
  }

  @Test("Every day of eight years is one more than the day before")
  func successive() throws {
    var last: Int?
    for year in 1896...1904 {
      for month in 1...12 {
        for day in 1...31 {
          let text = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
          guard let number = CalendarDate(text)?.dayNumber else { continue }
          if let last { #expect(number == last + 1, "\(text)") }
          last = number
        }
      }
    }
  }
}
