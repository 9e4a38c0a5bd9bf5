namespace TelegramTrader.Core.Signals.Parsing.Text;

/// <summary>
/// Latin letters with accents and small capitals, by the plain letter that stands first in each row.
/// Written out, because the run-time's own decomposition depends on how the machine is set up.
/// </summary>
internal static class LatinLetters
{
    public static readonly string[] Rows =
    [
        "aÀÁÂÃÄÅàáâãäåĀāĂăĄąǍǎǞǟǠǡǺǻȀȁȂȃȦȧḀḁẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặᴀ",
        "bḂḃḄḅḆḇʙƀ",
        "cÇçĆćĈĉĊċČčḈḉᴄ",
        "dĎďḊḋḌḍḎḏḐḑḒḓđĐðÐɗᴅ",
        "eÈÉÊËèéêëĒēĔĕĖėĘęĚěȄȅȆȇȨȩḔḕḖḗḘḙḚḛḜḝẸẹẺẻẼẽẾếỀềỂểỄễỆệᴇ",
        "fḞḟꜰ",
        "gĜĝĞğĠġĢģǦǧǴǵḠḡɢ",
        "hĤĥȞȟḢḣḤḥḦḧḨḩḪḫẖħĦʜ",
        "iÌÍÎÏìíîïĨĩĪīĬĭĮįİǏǐȈȉȊȋḬḭḮḯỈỉỊịıɪ",
        "jĴĵǰᴊ",
        "kĶķǨǩḰḱḲḳḴḵᴋ",
        "lĹĺĻļĽľḶḷḸḹḺḻḼḽłŁʟ",
        "mḾḿṀṁṂṃᴍ",
        "nÑñŃńŅņŇňǸǹṄṅṆṇṈṉṊṋɴŋ",
        "oÒÓÔÕÖòóôõöŌōŎŏŐőƠơǑǒǪǫǬǭȌȍȎȏȪȫȬȭȮȯȰȱṌṍṎṏṐṑṒṓỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợøØᴏ",
        "pṔṕṖṗᴘ",
        "rŔŕŖŗŘřȐȑȒȓṘṙṚṛṜṝṞṟʀ",
        "sŚśŜŝŞşŠšſȘșṠṡṢṣṤṥṦṧṨṩẛꜱ",
        "tŢţŤťȚțṪṫṬṭṮṯṰṱẗŧŦᴛ",
        "uÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưǓǔǕǖǗǘǙǚǛǜȔȕȖȗṲṳṴṵṶṷṸṹṺṻỤụỦủỨứỪừỬửỮữỰựᴜ",
        "vṼṽṾṿᴠ",
        "wŴŵẀẁẂẃẄẅẆẇẈẉẘᴡ",
        "xẊẋẌẍ",
        "yÝýÿŶŷŸȲȳẎẏẙỲỳỴỵỶỷỸỹʏ",
        "zŹźŻżŽžẐẑẒẓẔẕᴢ",
    ];
}
